// Makes and checks signatures with the libraries of those who know the protocols: one question as JSON on the standard input,
// one answer on the standard output.
// Each library is read when it is asked: the largest takes a second.
const redsys = () => require('redsys-easy');
const webhooks = () => new (require('stripe'))('sk_test_none').webhooks;
const good = (check) => {
  try {
    check();
    return { good: true };
  } catch {
    return { good: false };
  }
};
const answers = {
  'stripe.sign': ({ secret, payload, timestamp }) => ({ header: webhooks().generateTestHeaderString({ secret, payload, timestamp }) }),
  'stripe.check': ({ secret, payload, header }) => good(() => webhooks().constructEvent(payload, header, secret)),
  'square.check': async ({ key, payload, header, address }) => ({
    good: await require('square').WebhooksHelper.verifySignature({ requestBody: payload, signatureHeader: header, signatureKey: key, notificationUrl: address }),
  }),
  'redsys.sign': ({ key, parameters }) => ({ fields: redsys().serializeAndSignJSONRequest(key, parameters) }),
  'redsys.check': ({ key, fields }) => good(() => redsys().createRedsysAPI({ secretKey: key, urls: redsys().SANDBOX_URLS }).processRedirectNotification(fields)),
};

let text = '';
process.stdin.on('data', (part) => { text += part; });
process.stdin.on('end', async () => {
  const question = JSON.parse(text);
  process.stdout.write(JSON.stringify(await answers[question.what](question)));
});
