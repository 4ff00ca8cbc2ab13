// Puts Stripe's payment element on the page (Stripe.js v3).
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, clientSecret, locale, pay, trouble: words } = place.dataset;
  const fields = document.createElement('div');
  const trouble = document.createElement('p');
  trouble.className = 'err';
  trouble.setAttribute('role', 'alert');
  const go = document.createElement('button');
  go.className = 'btn big';
  go.type = 'button';
  go.textContent = pay;
  go.disabled = true;
  place.append(fields, trouble, go);
  const client = document.createElement('script');
  client.src = script;
  client.onerror = () => { go.hidden = true; trouble.textContent = words; };
  client.onload = () => {
    const stripe = window.Stripe(publicKey, { locale });
    const elements = stripe.elements({ clientSecret, locale });
    const element = elements.create('payment');
    element.on('ready', () => { go.disabled = false; });
    element.on('loaderror', () => { go.hidden = true; trouble.textContent = words; });
    element.mount(fields);
    go.addEventListener('click', async () => {
      go.disabled = true;
      trouble.textContent = '';
      const sent = stripe.confirmPayment({ elements, confirmParams: { return_url: place.dataset.return } });
      const { error } = await sent.catch(() => ({ error: {} }));
      go.disabled = false;
      const forBuyers = error && (error.type === 'card_error' || error.type === 'validation_error');
      if (error) trouble.textContent = forBuyers ? error.message : words;
    });
  };
  document.head.append(client);
})();
