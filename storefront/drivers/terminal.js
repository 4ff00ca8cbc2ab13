// Seals a card for the merchant's own terminal: see the package terminal of the shop for what is sealed how. Nothing of what is
// typed is sent but as a box; the fields have no names.
(() => {
  const form = document.getElementById('card');
  if (!form) return;
  const subtle = window.isSecureContext && window.crypto && window.crypto.subtle;
  if (!subtle) {
    document.getElementById('unable').hidden = false;
    return;
  }
  const { key, point, payment } = form.dataset;
  const field = (name) => document.getElementById('card-' + name);
  const button = form.querySelector('button');
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const words = new TextEncoder();

  const read64 = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const write64 = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  const seal = async (part, text, size) => {
    const plain = new Uint8Array(size).fill(32);
    plain.set(words.encode(text));
    const theirs = await subtle.importKey('raw', read64(point), curve, false, []);
    const mine = await subtle.generateKey(curve, false, ['deriveBits']);
    const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, mine.privateKey, 256);
    const own = new Uint8Array(await subtle.exportKey('raw', mine.publicKey));
    const about = words.encode(['echoppe.terminal.1', part, payment, key].join('|'));
    const base = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
    const lock = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: own, info: about }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const box = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: about }, lock, plain));
    plain.fill(0);
    return ['1', key, write64(own), write64(nonce), write64(box)].join('.');
  };

  // ISO/IEC 7812-1, annex B.
  const rightNumber = (digits) => {
    if (!/^[0-9]{13,19}$/.test(digits) || /^0+$/.test(digits)) return false;
    let sum = 0;
    for (let i = 0; i < digits.length; i++) {
      let d = Number(digits[digits.length - 1 - i]);
      if (i % 2 === 1) d = d > 4 ? d * 2 - 9 : d * 2;
      sum += d;
    }
    return sum % 10 === 0;
  };

  // A card is good until the end of its month; none is issued for more than twenty years.
  const readExpiry = (text) => {
    const found = /^\s*(\d{1,2})\s*[/.\- ]\s*(\d{2}|\d{4})\s*$/.exec(text) || /^\s*(\d{2})(\d{2})\s*$/.exec(text);
    if (!found) return null;
    const month = Number(found[1]);
    const year = Number(found[2]) + (found[2].length === 2 ? 2000 : 0);
    const now = new Date();
    if (month < 1 || month > 12 || year > now.getFullYear() + 20) return null;
    const past = year < now.getFullYear() || (year === now.getFullYear() && month < now.getMonth() + 1);
    return { past, text: String(month).padStart(2, '0') + '/' + year };
  };

  const say = (name, wrong) => {
    const input = field(name);
    const place = document.getElementById('card-' + name + '-error');
    place.textContent = wrong || '';
    place.hidden = !wrong;
    if (wrong) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
    return !wrong;
  };

  const checks = {
    number: () => say('number', rightNumber(field('number').value.replace(/[\s-]/g, '')) ? '' : field('number').dataset.bad),
    expiry: () => {
      const date = readExpiry(field('expiry').value);
      return say('expiry', date === null ? field('expiry').dataset.bad : date.past ? field('expiry').dataset.past : '');
    },
    name: () => {
      const name = field('name').value.trim();
      return say('name', name && name.length <= 50 ? '' : field('name').dataset.bad);
    },
    code: () => say('code', /^[0-9]{3,4}$/.test(field('code').value.trim()) ? '' : field('code').dataset.bad),
  };
  for (const name of Object.keys(checks)) {
    // Not when the field is left: what moves under the pointer then would swallow the press of the button.
    field(name).addEventListener('input', () => { if (field(name).hasAttribute('aria-invalid')) checks[name](); });
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const wrong = Object.keys(checks).filter((name) => !checks[name]());
    if (wrong.length > 0) {
      field(wrong[0]).focus();
      return;
    }
    button.disabled = true;
    try {
      const card = { number: field('number').value.replace(/[\s-]/g, ''), expiry: readExpiry(field('expiry').value).text, name: field('name').value.trim() };
      const boxes = [await seal('card', JSON.stringify(card), 256), await seal('code', field('code').value.trim(), 16)];
      for (const name of Object.keys(checks)) field(name).value = '';
      [form.elements.card.value, form.elements.code.value] = boxes;
      form.submit();
    } catch {
      button.disabled = false;
      document.getElementById('unable').hidden = false;
    }
  });

  // Who comes back by the browser's button finds nothing of it.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    form.reset();
    button.disabled = false;
  });
  form.hidden = false;
})();
