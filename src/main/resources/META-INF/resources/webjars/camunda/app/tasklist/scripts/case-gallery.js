/** The pictures of a case: small ones beside each other, and one at a time, large, by mouse and by keyboard. */
export function gallery(ids, { make, t, section, nothing }) {
  if (!ids.length) return section("pictures", null, nothing(t("noPictures")));
  const address = (id) => `/api/evidence/${encodeURIComponent(id)}`;
  const name = (at) => t("picture", { n: at + 1, all: ids.length });
  const small = ids.map((id, at) => {
    const button = make("button", { type: "button", class: "story-picture", "aria-label": t("larger", { name: name(at) }) },
      make("img", { src: address(id), alt: name(at), loading: "lazy" }));
    button.addEventListener("click", () => open(at));
    return button;
  });

  function open(first) {
    let at = first;
    const picture = make("img", {});
    const caption = make("p", { "aria-live": "polite" });
    const go = (by) => {
      at = (at + by + ids.length) % ids.length;
      picture.src = address(ids[at]);
      picture.alt = caption.textContent = name(at);
    };
    const button = (key, sign, act) => {
      const it = make("button", { type: "button", "aria-label": t(key), title: t(key) }, sign);
      it.addEventListener("click", act);
      return it;
    };
    const bar = make("div", { class: "story-bar-of-dialog" }, ...(ids.length > 1 ? [button("before", "‹", () => go(-1)), caption, button("after", "›", () => go(1))] : [caption]),
      button("close", "×", () => dialog.close()));
    const dialog = make("dialog", { class: "story-dialog", "aria-label": t("pictures") }, picture, bar);
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") go(-1);
      if (event.key === "ArrowRight") go(1);
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => { dialog.remove(); small[at].focus(); });
    document.body.append(dialog);
    go(0);
    dialog.showModal();
  }

  return section("pictures", null, make("div", { class: "story-pictures" }, ...small));
}
