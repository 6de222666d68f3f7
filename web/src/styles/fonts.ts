/** The page's own fonts: each file is fetched only when the page shows letters of its range. */
import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/noto-sans-arabic/wght.css";
