/** The map's labels are drawn letter by letter from the page's own fonts: no glyphs are fetched. A name's last word tells the weight. */
export const PLAIN = ["Thucydides Sans", "Thucydides Arabic"];
export const BOLD = ["Thucydides Sans Semibold", "Thucydides Sans", "Thucydides Arabic"];
export const ITALIC = ["Thucydides Sans Italic", "Thucydides Sans", "Thucydides Arabic"];

/** Has the fonts' files fetched: a letter that is drawn before its file is there stays in another font. `arabic` only where a map has such names. */
export async function readyFonts({ arabic = false } = {}): Promise<void> {
  const files = [document.fonts.load('600 16px "Thucydides Sans"', "aāя"), document.fonts.load('400 16px "Thucydides Sans"', "aāя")];
  if (arabic) files.push(document.fonts.load('400 16px "Thucydides Arabic"', "ا"));
  await Promise.allSettled(files);
}
