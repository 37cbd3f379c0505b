package io.aftersale.goods;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What kind of goods a category of the shop is, as far as it matters for their being intact. */
enum CategoryGroup {
    SEALED("food", "fresh", "cosmetics", "medical", "health"),
    ELECTRONICS("electronics", "phones", "computers"),
    CLOTHING("clothing", "shoes", "bags"),
    OTHER;

    private final Set<String> categories;

    CategoryGroup(String... categories) {
        this.categories = Set.of(categories);
    }

    static CategoryGroup of(String category) {
        String known = category.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(group -> group.categories.contains(known))
                .findFirst()
                .orElse(OTHER);
    }
}
