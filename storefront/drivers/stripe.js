// Puts Stripe's payment element on the page (Stripe.js v3).
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, clientSecret, locale, pay } = place.dataset;
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
  client.onerror = () => { place.hidden = true; };
  client.onload = () => {
    const stripe = window.Stripe(publicKey, { locale });
    const elements = stripe.elements({ clientSecret, locale });
    const element = elements.create('payment');
    element.on('ready', () => { go.disabled = false; });
    element.mount(fields);
    go.addEventListener('click', async () => {
      go.disabled = true;
      trouble.textContent = '';
      const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: place.dataset.return } });
      go.disabled = false;
      if (error && (error.type === 'card_error' || error.type === 'validation_error')) trouble.textContent = error.message;
    });
  };
  document.head.append(client);
})();
