// Goes through addresses within one page, as a reader would, and looks at each: did anything run, is anything torn, is the header still there?
async (paths) => {
  const wrong = [];
  const pause = () => new Promise((go) => setTimeout(go, 4));
  for (const path of paths) {
    if (wrong.length > 4) break; // enough is known, and each may have taken its 8 s
    history.pushState(null, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
    const until = performance.now() + 8000;
    const asked = path.replace('/event/', '/api/incidents/').replace('/report/', '/api/reports/');
    const answered = (one) => new URL(one.name).pathname === asked && one.responseEnd > 0; // whatever is asked of it behind the ?
    const told = () => performance.getEntriesByType('resource').some(answered);
    const there = () => document.querySelector('main .text p, main table') && !document.querySelector('main [aria-busy=true]');
    while (!told() && performance.now() < until) await pause();
    for (let frames = 0; frames < 2 || (!there() && performance.now() < until); frames += 1) await new Promise(requestAnimationFrame);
    if (!told()) wrong.push([path, 'was not asked for within 8 s']);
    performance.clearResourceTimings();
    if (!document.querySelector('main .text p, main table')) wrong.push([path, 'is not shown']);
    if (window.ran) wrong.push([path, 'ran']);
    delete window.ran;
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth + 1) wrong.push([path, `spills to ${page.scrollWidth}`]);
    const top = document.elementFromPoint(40, 20);
    if (!top?.closest('header')) wrong.push([path, `${top?.tagName} lies over the header`]);
    const foreign = 'main script, main iframe, main object, main embed, main form, main meta, main base, main style, main link, main dialog';
    if (document.querySelector(foreign)) wrong.push([path, 'has elements of the report']);
    const runs = (is) => /^on/.test(is.name) || (is.name === 'href' && /^\s*(javascript|data):/i.test(is.value));
    if ([...document.querySelectorAll('main *')].some((one) => [...one.attributes].some(runs))) wrong.push([path, 'has handlers']);
    if (location.pathname !== path) wrong.push([path, `went to ${location.href}`]);
  }
  return wrong;
}
