// Puts Lyra's fields on the page (Krypton client V4.0).
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, token, language, style } = place.dataset;
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = style;
  document.head.append(sheet);
  const form = document.createElement('div');
  form.className = 'kr-embedded';
  form.setAttribute('kr-form-token', token);
  place.append(form);
  const client = document.createElement('script');
  client.src = script;
  client.setAttribute('kr-public-key', publicKey);
  client.setAttribute('kr-post-url-success', place.dataset.return);
  client.setAttribute('kr-language', language);
  client.onload = () => place.setAttribute('aria-busy', 'false');
  client.onerror = () => {
    const trouble = document.createElement('p');
    trouble.className = 'err';
    trouble.setAttribute('role', 'alert');
    place.replaceChildren(trouble);
    trouble.textContent = place.dataset.trouble;
  };
  document.head.append(client);
})();
