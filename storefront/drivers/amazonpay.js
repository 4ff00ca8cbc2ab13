// Leads to Amazon Pay by Amazon's own script (checkout.js), with what the shop has signed.
(() => {
  const place = document.getElementById('bank-fields');
  if (!place) return;
  const { script, publicKey, merchant, sandbox, ledger, language, product, payload, signature, algorithm, pay, trouble: words } = place.dataset;
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
  const client = document.createElement('script');
  client.src = script;
  client.onerror = () => { go.hidden = true; trouble.textContent = words; };
  client.onload = () => {
    go.disabled = false;
    go.addEventListener('click', () => {
      try { window.amazon.Pay.initCheckout(config); } catch { trouble.textContent = words; }
    });
  };
  document.head.append(client);
})();
