// Sends events with @segment/analytics-node and prints the message ids it gave them, one a line.
import { Analytics } from '@segment/analytics-node';

const [url, writeKey, count, retryCount = '20'] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host: url, path: '/v1/batch', flushAt: 200, flushInterval: 50, maxRetries: Number(retryCount) });
analytics.on('error', (error) => { console.error(error); process.exitCode = 1; });

for (let n = 0; n < Number(count); n++) {
  const userId = `segment-user-${n % 100}`;
  const sent = (error, context) => {
    if (error) { console.error(error); process.exitCode = 1; } else console.log(context.event.messageId);
  };
  if (n % 50 === 0) analytics.identify({ userId, traits: { country: 'ES', plan: 'gold' } }, sent);
  else if (n % 10 === 0) analytics.page({ userId, name: 'Home', properties: { url: 'https://shop.example/' } }, sent);
  else analytics.track({ userId, event: 'Product Viewed', properties: { sku: `sku-${n}`, price: 9.99 } }, sent);
  if (n % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
}
await analytics.closeAndFlush();
