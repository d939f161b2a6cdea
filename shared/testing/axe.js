// What axe's judgement of the open page follows from: `axe.py` says how it is used, and may say nothing twice.
() => {
  const REFERENCE = new Set(['id', 'for', 'name', 'headers', 'list', 'form', 'aria-labelledby', 'aria-describedby',
    'aria-controls', 'aria-owns', 'aria-details', 'aria-errormessage', 'aria-activedescendant', 'aria-flowto']);
  const NAME = new Set(['aria-label', 'title', 'alt']);
  const WORDS = new Set(['href', 'src', 'action', 'value', 'content', 'placeholder', 'label']);
  const LANDMARK = 'h1, h2, h3, h4, h5, h6, header, nav, main, aside, footer, form, section, [role], [accesskey]';
  const TARGET = 'a[href], button, input, select, textarea, summary, [tabindex], [role]';
  window.standStill = () => {
    const stuck = [...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).position === 'sticky')
      .map((one) => [one, one.getAttribute('style')]);
    stuck.forEach(([{style}]) => { style.position = 'relative'; style.inset = 'auto'; });
    return () => stuck.forEach(([one, style]) => {
      one.style.cssText = style ?? '';
      if (style === null) one.removeAttribute('style');
    });
  };
  const settle = window.standStill();
  const all = [...document.body.querySelectorAll('*')];
  const shown = new Set(all.filter((one) => one.checkVisibility()));
  const boxes = new Map(all.map((one) => [one, one.getBoundingClientRect()]));
  const styles = new Map(all.concat(document.documentElement, document.body).map((one) => [one, getComputedStyle(one)]));

  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  const twice = new Set(ids.filter((id, place) => ids.indexOf(id) !== place));

  // Smaller than 24 pixels with another target within 24 pixels of its middle (WCAG 2.2, 2.5.8), or partly covered by
  // one; with where the others are.
  const targets = [...document.querySelectorAll(TARGET)].filter((one) => shown.has(one));
  const near = (one) => {
    const {x, y, width, height, left, right, top, bottom} = boxes.get(one);
    const isSmall = width < 24 || height < 24;
    const [middle, level] = [x + width / 2, y + height / 2];
    return targets.filter((other) => {
      const its = boxes.get(other);
      if (other === one || other.contains(one) || one.contains(other)) return false;
      const isNear = Math.max(its.left - middle, middle - its.right, 0) < 24
        && Math.max(its.top - level, level - its.bottom, 0) < 24;
      const covers = left < its.right && its.left < right && top < its.bottom && its.top < bottom;
      return (isSmall && isNear) || covers;
    });
  };
  const from = ({left, top}, its) => [its.left - left, its.top - top, its.width, its.height].map(Math.round);
  const crowded = new Map();
  for (const one of targets) {
    const others = near(one);
    const own = boxes.get(one);
    if (others.length) {
      crowded.set(one, [one, ...others].map((its) => [its.localName, styles.get(its).display, from(own, boxes.get(its))]).join());
    }
  }

  const shapeOf = (part, number) => {
    const reference = (id) => `${number(id)}${ids.includes(id) ? '' : ' is nowhere'}${twice.has(id) ? ' is twice' : ''}`;
    const attribute = ({name, value}) => {
      if (REFERENCE.has(name)) return value.trim() && value.trim().split(/\s+/).map(reference);
      if (name === 'href' && value.startsWith('#')) return `#${value.slice(1) && reference(value.slice(1))}`;
      if (NAME.has(name)) return value.trim() && number(value.trim());
      if (WORDS.has(name)) return value.trim() && 'words';
      return ['class', 'style'].includes(name) ? value : value.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '0');
    };
    const marks = (one) => [
      shown.has(one) ? '' : 'hidden',
      crowded.has(one) ? 'crowded' : '',
      one.clientWidth && (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight) ? 'scrolls' : '',
      one.id || one.querySelector(':scope > img') ? number(one.textContent.trim()) : '',
    ];
    const draw = (one) => {
      if (one.nodeType === Node.TEXT_NODE) return /[\p{L}\p{N}]/u.test(one.data) ? 'words' : one.data.trim() && 'signs';
      if (one.nodeType !== Node.ELEMENT_NODE || one.localName === 'script') return '';
      const attributes = [...one.attributes].map((each) => `${each.name}=${attribute(each)}`).sort();
      return `<${one.localName} ${attributes} ${marks(one)}>${[...one.childNodes].map(draw).join('')}</>`;
    };
    return draw(part);
  };
  const numbered = () => {
    const numbers = new Map();
    return (words) => numbers.get(words) ?? numbers.set(words, numbers.size).get(words);
  };

  const outline = () => {
    const number = numbered();
    const name = (one) => (one.getAttribute('aria-label')
      ?? document.getElementById(one.getAttribute('aria-labelledby'))?.textContent)?.trim();
    const root = [document.documentElement, document.body].map((one) => shapeOf(one.cloneNode(false), number));
    return [...root, !!document.title.trim(), ...[...document.body.querySelectorAll(LANDMARK)].map((one) =>
      [one.localName, one.role, one.accessKey, one.closest('main, header, footer, nav, aside, section')?.localName,
        shown.has(one), number(name(one))].join())].join(' ');
  };

  // Whatever has a colour of its own, and is not the page itself.
  const isColoured = (one) => styles.get(one).backgroundColor !== 'rgba(0, 0, 0, 0)'
    || styles.get(one).backgroundImage !== 'none';
  const coloured = all.filter((one) => shown.has(one) && isColoured(one));
  const holds = (outer, inner) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const meets = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
    && one.top < other.bottom - 1 && other.top < one.bottom - 1;
  const isField = (one) => one.matches('input:not([type=radio], [type=checkbox]), select, textarea');
  const boxOfWords = (one) => {
    if (isField(one)) return boxes.get(one);
    const range = document.createRange();
    range.selectNodeContents(one);
    return range.getBoundingClientRect();
  };
  const grounds = new Map([[null, '']]);
  const groundOf = (one) => {
    if (!grounds.has(one)) {
      const {backgroundColor, backgroundImage, opacity, filter, mixBlendMode} = styles.get(one);
      const own = [isColoured(one) && [backgroundColor, backgroundImage], opacity !== '1' && opacity,
        filter !== 'none' && filter, mixBlendMode !== 'normal' && mixBlendMode].filter(Boolean);
      grounds.set(one, `${groundOf(one.parentElement)}${own.length ? `/${own}` : ''}`);
    }
    return grounds.get(one);
  };
  // With what lies behind or over the words and is not around them, and where.
  const colourOf = (one) => {
    const box = boxOfWords(one);
    const beside = coloured.filter((other) => other.contains(one) ? !holds(boxes.get(other), box)
      : !one.contains(other) && meets(boxes.get(other), box));
    const over = beside.map((other) =>
      [groundOf(other), styles.get(other).position, styles.get(other).zIndex, from(box, boxes.get(other))]);
    const {color, textShadow, fontSize, fontWeight} = styles.get(one);
    const size = parseFloat(fontSize);
    const isLarge = size >= 24 || (fontWeight >= 700 && size >= 18.66);
    const isIdle = one.matches(':disabled') || one.control?.disabled || !!one.closest('[aria-disabled], :disabled');
    const where = over.length && [over, from(box, box)];
    return [color, textShadow, isLarge, isIdle, isField(one) && one.type, groundOf(one), where].join(';');
  };
  // What a visually hidden element says is heard only.
  const isClipped = (one) => styles.get(one).overflow === 'hidden'
    && (boxes.get(one).width <= 1 || boxes.get(one).height <= 1);
  const clipped = all.filter(isClipped);
  const isRead = (one) => shown.has(one) && one.localName !== 'option' && !clipped.some((other) => other.contains(one))
    && (isField(one) || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  window.crowdedTargets = crowded;
  window.colourOfWords = new Map(all.filter(isRead).map((one) => [one, colourOf(one)]));

  const sheets = [...document.styleSheets].map(({href, ownerNode}) => href?.replace(location.origin, '') ?? ownerNode.textContent);
  const {scrollWidth, clientWidth} = document.documentElement;
  const seen = {
    parts: [outline(), ...[document.head, ...document.body.children].map((part) => shapeOf(part, numbered()))]
      .map((part) => `${sheets} ${part}`),
    colours: [...new Set(window.colourOfWords.values())],
    targets: [...new Set(crowded.values())],
    isTooWide: scrollWidth > clientWidth,
  };
  settle();
  return seen;
}
