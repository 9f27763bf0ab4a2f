// Sends events with @rudderstack/rudder-sdk-node and prints the message ids it gave them, one a line.
// It gives a batch up after retryCount repetitions, 3 if nothing is said.
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [url, writeKey, count, retryCount] = process.argv.slice(2);
const analytics = new RudderAnalytics(writeKey, {
  dataPlaneUrl: url, path: '/v1/batch', flushAt: 200, flushInterval: 50, maxInternalQueueSize: 20000,
  ...(retryCount && { retryCount: Number(retryCount) }),
});
const messageId = (n) => `rudder-${process.pid}-${n}`;

let pending = 0;
for (let n = 0; n < Number(count); n++) {
  pending++;
  analytics.track(
    { userId: `rudder-user-${n % 100}`, event: 'Product Viewed', messageId: messageId(n), properties: { sku: `sku-${n}` } },
    (error) => {
      pending--;
      if (error) { console.error(error); process.exitCode = 1; } else console.log(messageId(n));
    });
}
await analytics.flush();
const end = Date.now() + 60_000;
while (pending > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
process.exit(pending > 0 ? 1 : process.exitCode ?? 0);
