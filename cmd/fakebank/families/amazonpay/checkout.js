// Stands in for Amazon's checkout.js: initCheckout goes to the pretend bank's page with what it was given. Where notices go
// stands in the address of this script.
(() => {
  const own = new URL(document.currentScript.src);
  const [base, host] = own.href.split(/\/(static-[a-z]+\.payments-amazon\.com)\//);
  window.amazon = {
    Pay: {
      initCheckout: (config) => {
        const { payloadJSON, signature, algorithm, publicKeyId } = config.createCheckoutSessionConfig;
        location.assign(`${base}/${host}/button?` + new URLSearchParams({
          payload: payloadJSON, signature, algorithm, merchant: config.merchantId, key: config.publicKeyId || publicKeyId,
          sandbox: String(config.sandbox || false), product: config.productType, notify: own.searchParams.get('notify') || '',
        }));
      },
    },
  };
})();
