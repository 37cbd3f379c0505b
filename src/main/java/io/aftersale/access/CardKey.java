package io.aftersale.access;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.aftersale.problems.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The key that cards are sealed with: 32 random bytes in Base64, from the environment. Several may be given, separated
 * by commas: the first seals, all open, so a key can be changed without touching a row. The demo makes its own and keeps
 * it beside its database. The key is never logged.
 */
@Component
class CardKey {
    private static final int BYTES = 32;

    private final Aead aead;

    CardKey(@Value("${AFTERSALE_CARD_KEY:}") String keys, @Value("${aftersale.card-key-file:}") String file) {
        if (keys.isBlank() && file.isBlank()) {
            throw new StartRefusedException(
                    "AFTERSALE_CARD_KEY is not set: please give 32 random bytes in Base64 to seal bank cards with.");
        }
        this.aead = aead(keys.isBlank() ? keptBeside(Path.of(file)) : keys);
    }

    byte[] seal(byte[] clear, byte[] context) throws GeneralSecurityException {
        return aead.encrypt(clear, context);
    }

    byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        return aead.decrypt(sealed, context);
    }

    private static Aead aead(String keys) {
        try {
            AeadConfig.register();
            var parameters = AesGcmParameters.builder()
                    .setKeySizeBytes(BYTES)
                    .setIvSizeBytes(12)
                    .setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                    .build();
            var keyset = KeysetHandle.newBuilder();
            boolean first = true;
            for (String key : keys.split(",")) {
                var entry = KeysetHandle.importKey(AesGcmKey.builder()
                                .setParameters(parameters)
                                .setKeyBytes(SecretBytes.copyFrom(bytesOf(key.strip()), InsecureSecretKeyAccess.get()))
                                .build())
                        .withRandomId();
                keyset.addEntry(first ? entry.makePrimary() : entry);
                first = false;
            }
            return keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException unusable) {
            throw new StartRefusedException("AFTERSALE_CARD_KEY cannot be used.", unusable);
        }
    }

    /** Says nothing of the text itself when it is not a key: it may be one with a slip in it. */
    private static byte[] bytesOf(String key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != BYTES) {
            throw new StartRefusedException("AFTERSALE_CARD_KEY is not 32 bytes in Base64.");
        }
        return bytes;
    }

    private static String keptBeside(Path file) {
        try {
            if (Files.notExists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, newKey(), StandardOpenOption.WRITE);
            }
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException("The demo's key for cards cannot be kept in " + file, failed);
        }
    }

    private static String newKey() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
