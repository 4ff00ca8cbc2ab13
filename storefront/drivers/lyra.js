// Puts Lyra's fields on the page (Krypton client V4.0). Krypton says itself what is wrong in a field and that a card was refused; of
// all else we say that it went wrong, and the link to the bank's own page stays below.
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, token, language, style, away, failed } = place.dataset;
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = style;
  document.head.append(sheet);
  const form = document.createElement('div');
  form.className = 'kr-embedded';
  form.setAttribute('kr-form-token', token);
  const trouble = document.createElement('p');
  trouble.className = 'err';
  trouble.setAttribute('role', 'alert');
  place.append(form, trouble);
  const lost = () => { form.hidden = true; trouble.textContent = away; };
  setTimeout(() => { if (!form.querySelector('iframe')) trouble.textContent = away; }, 20000);
  const client = document.createElement('script');
  client.src = script;
  client.setAttribute('kr-public-key', publicKey);
  client.setAttribute('kr-post-url-success', place.dataset.return);
  client.setAttribute('kr-language', language);
  client.onload = () => {
    place.setAttribute('aria-busy', 'false');
    if (!window.KR || !window.KR.onError) return;
    window.KR.onError(({ errorCode }) => {
      trouble.textContent = /^(CLIENT_30|ACQ_)/.test(errorCode || '') ? '' : failed;
    });
  };
  client.onerror = lost;
  document.head.append(client);
})();
