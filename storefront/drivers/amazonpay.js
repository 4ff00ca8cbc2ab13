// Leads to Amazon Pay by Amazon's own script (checkout.js), with what the shop has signed. Where that fails it is said, and the link
// to Amazon's page without its script stays below.
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, merchant, sandbox, ledger, language, product, payload, signature, algorithm, pay, away, failed } = place.dataset;
  const trouble = document.createElement('p');
  trouble.className = 'err';
  trouble.setAttribute('role', 'alert');
  const go = document.createElement('button');
  go.className = 'btn big';
  go.type = 'button';
  go.textContent = pay;
  go.disabled = true;
  place.append(trouble, go);
  const create = { payloadJSON: payload, signature, algorithm };
  const config = { merchantId: merchant, ledgerCurrency: ledger, checkoutLanguage: language, productType: product, placement: 'Checkout', createCheckoutSessionConfig: create };
  if (/^(SANDBOX|LIVE)-/.test(publicKey)) { // a key that names its environment
    config.publicKeyId = publicKey;
  } else {
    create.publicKeyId = publicKey;
    config.sandbox = sandbox === 'true';
  }
  const late = setTimeout(() => { trouble.textContent = away; }, 20000); // it may still come
  const client = document.createElement('script');
  client.src = script;
  client.onerror = () => { clearTimeout(late); go.hidden = true; trouble.textContent = away; };
  client.onload = () => {
    clearTimeout(late);
    trouble.textContent = '';
    go.disabled = false;
    go.addEventListener('click', () => {
      trouble.textContent = '';
      try {
        window.amazon.Pay.initCheckout(config);
      } catch {
        trouble.textContent = failed;
      }
    });
  };
  document.head.append(client);
})();
