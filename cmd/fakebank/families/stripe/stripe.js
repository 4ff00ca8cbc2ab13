// Stands in for Stripe.js: the payment element is a frame with the pretend bank's page, in which the buyer chooses a card;
// confirmPayment asks what became of it.
(() => {
  const own = document.currentScript.src;
  const base = own.replace(/\/[^/]+\/v3\/.*$/, '');
  window.Stripe = (key, options = {}) => {
    const ask = async (secret) => {
      const id = secret.split('_secret_')[0];
      const reply = await fetch(`${base}/api.stripe.com/v1/payment_intents/${id}?` + new URLSearchParams({ key, client_secret: secret }));
      return reply.json();
    };
    return {
      elements: ({ clientSecret, locale }) => {
        const lang = locale || options.locale || '';
        const element = {
          listeners: {},
          on(event, listener) { this.listeners[event] = listener; return this; },
          mount(place) {
            const target = typeof place === 'string' ? document.querySelector(place) : place;
            const frame = document.createElement('iframe');
            frame.title = 'Stripe';
            frame.style.cssText = 'width:100%;height:44rem;border:0';
            frame.onload = () => this.listeners.ready && this.listeners.ready();
            frame.src = own.replace(/\/v3\/.*$/, '/v3/payment?') + new URLSearchParams({ client_secret: clientSecret, key, lang });
            target.append(frame);
          },
        };
        return { clientSecret, create: () => element, submit: async () => ({}) };
      },
      retrievePaymentIntent: async (secret) => ({ paymentIntent: await ask(secret) }),
      confirmPayment: async ({ elements, confirmParams }) => {
        const intent = await ask(elements.clientSecret);
        if (intent.error) return intent;
        if (!['succeeded', 'requires_capture', 'processing'].includes(intent.status)) {
          return { error: intent.last_payment_error || { type: 'validation_error', message: 'Choose a card first.' } };
        }
        const to = new URL(confirmParams.return_url);
        to.searchParams.set('payment_intent', intent.id);
        to.searchParams.set('payment_intent_client_secret', elements.clientSecret);
        to.searchParams.set('redirect_status', 'succeeded');
        location.assign(to);
        return new Promise(() => {}); // the page is left
      },
    };
  };
})();
