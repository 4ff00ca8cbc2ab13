// Leads to Amazon Pay by Amazon's own script (checkout.js), with what the shop has signed.
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, merchant, sandbox, ledger, language, product, payload, signature, algorithm, pay } = place.dataset;
  const go = document.createElement('button');
  go.className = 'btn big';
  go.type = 'button';
  go.textContent = pay;
  go.disabled = true;
  place.append(go);
  const create = { payloadJSON: payload, signature, algorithm };
  const config = { merchantId: merchant, ledgerCurrency: ledger, checkoutLanguage: language, productType: product, placement: 'Checkout', createCheckoutSessionConfig: create };
  if (/^(SANDBOX|LIVE)-/.test(publicKey)) { // a key that names its environment
    config.publicKeyId = publicKey;
  } else {
    create.publicKeyId = publicKey;
    config.sandbox = sandbox === 'true';
  }
  const client = document.createElement('script');
  client.src = script;
  client.onerror = () => { place.hidden = true; };
  client.onload = () => {
    go.disabled = false;
    go.addEventListener('click', () => window.amazon.Pay.initCheckout(config));
  };
  document.head.append(client);
})();
