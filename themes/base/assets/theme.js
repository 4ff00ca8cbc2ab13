// What the pages do beyond HTML. Every page works without this file; it only saves
// reloads. It reads two cookies of the server's: cart_count and customer_name.
(() => {
  'use strict';
  const $ = (q, at = document) => at.querySelector(q);
  const $$ = (q, at = document) => [...at.querySelectorAll(q)];
  const on = document.addEventListener.bind(document), to = (form) => form.getAttribute('action'), no = () => {};
  const say = (text) => { const live = $('#live'); if (live && text) { live.textContent = ''; setTimeout(() => { live.textContent = text; }, 50); } };
  const cookie = (name) => {
    const hit = document.cookie.split('; ').find((c) => c.startsWith(name + '='));
    try { return hit ? decodeURIComponent(hit.slice(name.length + 1)) : ''; } catch { return ''; }
  };

  // Who is here: the only part of a cached page that differs between visitors.
  function visitor() {
    const cart = $('[data-cart]'), account = $('[data-account]');
    const n = parseInt(cookie('cart_count'), 10) || 0, name = cookie('customer_name');
    if (cart) {
      const badge = $('b', cart);
      badge.textContent = n; badge.hidden = !n;
      if (n) cart.setAttribute('aria-label', n === 1 ? cart.dataset.cartOne : cart.dataset.cart.replace('{n}', n));
    }
    if (account && name) account.setAttribute('aria-label', account.dataset.account.replace('{name}', name));
  }

  // Swap parts of this page for those of another answer of the server. What has the
  // focus keeps it; what was typed or ticked since stays.
  const state = (f) => (/^(checkbox|radio)$/.test(f.type) ? f.checked : f.value);
  const typed = (at) => $$('input[name]:not([type=hidden]), textarea[name]', at);
  function keep(old, next, asked) {
    for (const f of typed(old)) {
      const is = state(f), ticks = is === true || is === false;
      if (!asked.has(f) || asked.get(f) === is) continue;
      const to = typed(next).find((x) => x.name === f.name && (!ticks || x.value === f.value));
      if (to) to[ticks ? 'checked' : 'value'] = is;
    }
  }
  function swap(html, ids, asked = new Map()) {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const had = document.activeElement, named = had && !had.id && had.name;
    for (const id of ids) {
      const old = $('#' + id), next = $('#' + id, fresh);
      if (!old || !next) { if (old && !next) old.replaceChildren(); continue; }
      if (old.tagName === 'DETAILS') next.open = old.open;
      keep(old, next, asked);
      old.replaceWith(next);
      say(next.dataset.say);
    }
    const back = had && had.id ? document.getElementById(had.id)
      : named && $$(`[name="${CSS.escape(named)}"]`).find((f) => f.value === had.value);
    if (back && back !== document.activeElement) back.focus({ preventScroll: true });
    document.title = fresh.title || document.title;
    visitor(); undo();
  }

  let last; // a newer question makes an older answer worthless
  async function ask(url, options, ids) {
    if (last) last.abort();
    const mine = last = new AbortController();
    const boxes = ids.map((id) => $('#' + id)).filter(Boolean);
    const asked = new Map(boxes.flatMap(typed).map((f) => [f, state(f)]));
    boxes.forEach((b) => b.setAttribute('aria-busy', 'true'));
    try {
      const answer = await fetch(url, { ...options, signal: mine.signal, headers: { 'X-Requested-With': 'fetch' } });
      const html = await answer.text();
      if (answer.status >= 500) throw new Error(answer.status);
      if (last === mine) swap(html, ids, asked);
      return answer;
    } finally {
      boxes.forEach((b) => b.removeAttribute('aria-busy'));
    }
  }
  const body = (form) => new URLSearchParams(new FormData(form));
  const parts = (text) => text.split(' ').filter(Boolean);

  // Forms that send themselves when something in them changes: filters, order, cart.
  let wait, anew;
  const later = (f, ms, form) => {
    clearTimeout(wait);
    anew = () => later(f, ms, form);
    wait = setTimeout(() => { anew = null; f(form); }, ms);
  };
  on('change', (e) => {
    const form = e.target.form;
    if (!form) return;
    if (form.dataset.auto) later(auto, 120, form);
    else if (form.dataset.refreshUrl && e.target.matches('[data-refresh]')) later(refresh, e.target.matches('select') ? 350 : 0, form);
    else if (e.target.matches('[data-option]')) variant(form);
  });
  // A country is typed letter by letter, and every letter can change it: wait for the last one.
  on('keydown', (e) => { if (anew && e.target.matches('select')) anew(); });
  function auto(form) {
    const ids = parts(form.dataset.auto);
    if (form.method === 'post') {
      ask(to(form), { method: 'POST', body: body(form) }, ids).then(totalsSaid).catch(() => form.submit());
      return;
    }
    const query = body(form);
    for (const [k, v] of [...query]) if (v === '') query.delete(k, v);
    const url = to(form).split('?')[0] + (query.size ? '?' + query : '');
    ask(url, {}, ids.concat('list-count')).then(() => address('pushState', url)).catch(() => form.submit());
  }
  // Back and forward load the other address; a step within this one (the skip link) is the browser's.
  const page = () => location.pathname + location.search;
  let here = page();
  const address = (how, url) => { history[how](history.state, '', url); here = page(); };
  addEventListener('popstate', () => { if (page() !== here) location.reload(); });
  const totalsSaid = () => { const t = $('.totals .total'); if (t) say(t.textContent); };

  // Checkout and address book: new fields and sums after a change of country or choice.
  function refresh(form) {
    const ids = form.id === 'checkout' ? ['step-delivery', 'step-billing', 'step-shipping', 'step-payment', 'summary'] : [form.id];
    ask(form.dataset.refreshUrl, { method: 'POST', body: body(form) }, ids).then(totalsSaid).catch(no);
  }

  // Small forms whose answer is this page again: remove, empty, take what is left.
  on('submit', (e) => {
    const form = e.target;
    if (form.dataset.swap) {
      e.preventDefault();
      ask(to(form), { method: 'POST', body: body(form) }, parts(form.dataset.swap)).then(totalsSaid).catch(() => form.submit());
    } else if (form.dataset.add && !(e.submitter && (e.submitter.name === 'do' || e.submitter.formMethod === 'get' && e.submitter.hasAttribute('formmethod')))) {
      e.preventDefault();
      add(form);
    } else if (form.id === 'checkout') {
      once(form, e);
    }
  });

  // A language that is chosen is the one of the next visit.
  on('click', (e) => {
    const link = e.target.closest('#langs a'), keep = $('#remember');
    if (!link || !keep) return;
    const fields = body(keep);
    fields.set('language', link.hreflang);
    fetch(to(keep), { method: 'POST', body: fields, keepalive: true, redirect: 'manual' }).catch(no);
  });

  // One order per click: the button that places it works once.
  function once(form, e) {
    if (form.dataset.sent) { e.preventDefault(); return; }
    if (e.submitter && !e.submitter.hasAttribute('formaction')) form.dataset.sent = '1';
  }
  addEventListener('pageshow', () => { const f = $('#checkout'); if (f) delete f.dataset.sent; visitor(); });

  // Into the cart without leaving the article.
  async function add(form) {
    if (form.dataset.busy) return;
    form.dataset.busy = '1'; // a disabled button would lose the focus
    try {
      const answer = await fetch(to(form), { method: 'POST', body: body(form), headers: { 'X-Requested-With': 'fetch' } });
      const html = await answer.text();
      if (answer.ok) { visitor(); $$('.cells input', form).forEach((i) => { i.value = ''; }); toast(form.dataset.add, $('[data-cart]')); } else if (answer.status < 500) swap(html, ['buy']); else throw new Error(answer.status);
    } catch { form.submit(); }
    delete form.dataset.busy;
  }
  function toast(text, cart) {
    $$('.toast').forEach((t) => t.remove());
    const box = document.createElement('div');
    box.className = 'toast';
    box.append(text);
    if (cart) {
      const link = document.createElement('a');
      link.href = cart.href;
      link.textContent = cart.getAttribute('aria-label');
      box.append(link);
    }
    document.body.append(box);
    say(text);
    setTimeout(() => { if (!box.contains(document.activeElement)) box.remove(); }, 8000);
  }

  // Another variant, or other extras: price and stock are in a template of the page, or asked for. In a
  // table nothing that was typed may be lost: it is sent along.
  const chosen = (form) => $$('[data-option]', form).filter((f) => f.type !== 'radio' || f.checked);
  const template = (key) => $$('template[data-variant]').find((t) => t.dataset.variant === key.join('|'));
  function variant(form) {
    gallery(form);
    if (last) last.abort();
    if ('grid' in form.dataset) {
      const fields = body(form);
      fields.set('do', 'refresh');
      ask(to(form), { method: 'POST', body: fields }, ['buy']).then(sayFacts).catch(no);
      return;
    }
    const fields = chosen(form), picked = fields.map((f) => f.value), made = template(picked);
    const query = body(form);
    const url = form.dataset.look + '?' + new URLSearchParams([...query].filter(([k]) => $(`[data-option][name="${CSS.escape(k)}"]`, form)));
    if (!made || !$('.add', form)) {
      ask(url, {}, ['buy']).then(sayFacts).catch(no);
      return;
    }
    const facts = made.content.cloneNode(true), why = $('.why', facts), box = $('#why'), button = $('.add .btn', form);
    if (box) {
      if (why) why.open = !!$('[open]', box);
      box.replaceChildren(why || '');
    }
    $('#facts').replaceChildren(facts);
    button.textContent = made.dataset.act;
    button.disabled = made.dataset.ok !== 'true';
    fields.forEach((f, n) => {
      if (f.type !== 'radio') return;
      $$(`[name="${CSS.escape(f.name)}"]`, form).forEach((other) => {
        const near = template(picked.with(n, other.value));
        other.closest('label').classList.toggle('off', !near || near.dataset.ok !== 'true');
      });
    });
    if (made.dataset.image) {
      const shot = $$('.gallery img').find((i) => i.getAttribute('src') === made.dataset.image);
      if (shot) shot.closest('ul').scrollTo({ left: shot.closest('li').offsetLeft - 16 });
    }
    address('replaceState', url);
    sayFacts();
  }

  // The reasons of another price are asked for when opened.
  on('toggle', (e) => {
    const box = e.target;
    if (box.matches('#why [open]') && !$('dl', box)) ask(page(), {}, ['why']).then(() => $$('#why details').forEach((d) => { d.open = true; })).catch(no);
  }, true);

  // Pictures of the chosen values first, those of others not at all.
  let shots;
  function gallery(form) {
    const list = $('.gallery ul');
    if (!list) return;
    shots = shots || [...list.children];
    const now = new Map(chosen(form).map((f) => [f.name, f.value]));
    const rank = (li) => {
      const [field, value] = (li.dataset.choice || '').split('=');
      return !field || !now.has(field) ? 1 : now.get(field) === value ? 0 : 2;
    };
    const shown = [0, 1].flatMap((r) => shots.filter((li) => rank(li) === r));
    if (shown.length && (shown.length !== list.children.length || shown.some((li, n) => li !== list.children[n]))) {
      list.replaceChildren(...shown);
      list.scrollTo({ left: 0 });
    }
  }
  const sayFacts = () => { const f = $('#facts'); if (f) say(f.textContent.replace(/\s+/g, ' ')); };

  // Undo is offered for some seconds only.
  function undo() {
    const box = $('.undo[data-seconds]');
    if (!box || box.dataset.on) return;
    box.dataset.on = '1';
    setTimeout(() => { if (!box.contains(document.activeElement)) box.remove(); }, box.dataset.seconds * 1000);
  }

  // Large pictures.
  const zoom = $('#zoom');
  if (zoom) {
    const shots = () => $$('[data-zoom]');
    const view = $('.zoom-view', zoom), img = $('img', view);
    let at = 0;
    const show = (i) => {
      const all = shots();
      at = (i + all.length) % all.length;
      view.classList.remove('in');
      img.src = all[at].href;
      img.alt = $('img', all[at]).alt;
      $('.zoom-nav span', zoom).textContent = `${at + 1} / ${all.length}`;
      $('.zoom-nav', zoom).hidden = all.length < 2;
    };
    on('click', (e) => {
      const link = e.target.closest && e.target.closest('[data-zoom]');
      if (!link || e.metaKey || e.ctrlKey || e.shiftKey || !zoom.showModal) return;
      e.preventDefault();
      show(shots().indexOf(link));
      zoom.showModal();
    });
    img.addEventListener('click', () => view.classList.toggle('in'));
    zoom.addEventListener('click', (e) => { const b = e.target.closest('[data-step]'); if (b) show(at + Number(b.dataset.step)); });
    zoom.addEventListener('keydown', (e) => {
      if (e.key === 'ArrowRight') show(at + 1);
      if (e.key === 'ArrowLeft') show(at - 1);
      if (e.key === '+' || e.key === '-') view.classList.toggle('in', e.key === '+');
    });
  }

  // Open lists of the menu close when one turns elsewhere.
  on('click', (e) => { $$('.menu details[open]').forEach((d) => { if (!d.contains(e.target)) d.open = false; }); });
  on('keydown', (e) => {
    if (e.key !== 'Escape') return;
    $$('.menu details[open]').forEach((d) => { d.open = false; $('summary', d).focus(); });
  });

  // Back and Reload never send the checkout again.
  const checkout = $('#checkout');
  if (checkout) address('replaceState', to(checkout));

  // Begin at the first mistake.
  const wrong = $('main [aria-invalid="true"]');
  if (wrong) wrong.focus();

  // On to the bank, once loaded, or Back would not lead here. Who came back stays and sees the button;
  // where Back passes this by, the empty cart leads to the order. Shops share origins, never folders.
  const go = $('form[data-go]'), waiting = $('#waiting');
  try {
    if (go) sessionStorage.waiting = new URL(go.dataset.go, location).pathname;
    else if ($('.order, .pay-state')) delete sessionStorage.waiting;
    else if (waiting && (sessionStorage.waiting || '').startsWith(location.pathname.replace(/[^/]*$/, ''))) {
      $('a', waiting).href = sessionStorage.waiting;
      waiting.hidden = false;
    }
  } catch { /* not allowed to remember */ }
  const [came] = performance.getEntriesByType('navigation');
  if (go && (!came || came.type !== 'back_forward')) addEventListener('load', () => setTimeout(() => go.requestSubmit(), 0));

  // A page that waits for something asks again by itself.
  function again() {
    const main = $('main[data-again]');
    if (!main) return;
    setTimeout(async () => {
      try {
        const answer = await fetch(location.href, { headers: { 'X-Requested-With': 'fetch' } });
        if (answer.redirected && answer.url !== location.href) { location.replace(answer.url); return; }
        if (answer.ok) swap(await answer.text(), ['main']);
      } catch { /* no network for a moment: ask again */ }
      again();
    }, main.dataset.again * 1000);
  }

  again();
  visitor();
  undo();
})();
