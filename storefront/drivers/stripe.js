// Puts Stripe's payment element on the page (Stripe.js v3). Whatever goes wrong is said in words, and the link to the bank's own
// page stays below.
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, clientSecret, locale, pay, away, failed } = place.dataset;
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
  const lost = () => { go.hidden = true; trouble.textContent = away; };
  const late = setTimeout(() => { trouble.textContent = away; }, 20000); // they may still come
  const show = () => {
    const stripe = window.Stripe(publicKey, { locale });
    const elements = stripe.elements({ clientSecret, locale });
    const element = elements.create('payment');
    element.on('ready', () => { clearTimeout(late); trouble.textContent = ''; go.disabled = false; });
    element.on('loaderror', lost);
    element.mount(fields);
    go.addEventListener('click', async () => {
      go.disabled = true;
      trouble.textContent = '';
      try {
        const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: place.dataset.return } });
        if (error && error.payment_intent && ['succeeded', 'processing', 'requires_capture'].includes(error.payment_intent.status)) {
          location.assign(place.dataset.return); // paid in another window
          return;
        }
        const meant = error && (error.type === 'card_error' || error.type === 'validation_error') && error.message; // for buyers
        trouble.textContent = meant || failed;
      } catch {
        trouble.textContent = failed;
      }
      go.disabled = false;
    });
  };
  const client = document.createElement('script');
  client.src = script;
  client.onerror = lost;
  client.onload = () => { try { show(); } catch { lost(); } };
  document.head.append(client);
})();
