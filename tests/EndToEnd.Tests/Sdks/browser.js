// Runs in the page: sends events with @segment/analytics-next and gives the message ids it gave them.
async ({ url, writeKey, count, strategy, timeout }) => {
  const server = new URL(url);
  const analytics = window.AnalyticsNext.AnalyticsBrowser.load(
    { writeKey, cdnSettings: { integrations: { 'Segment.io': { apiKey: writeKey } } } },
    {
      integrations: {
        'Segment.io': {
          apiHost: `${server.host}/v1`,
          protocol: server.protocol.slice(0, -1),
          deliveryStrategy: strategy === 'batching' ? { strategy, config: { size: 10, timeout } } : { strategy },
        },
      },
    });
  const sent = [];
  for (let n = 0; n < count; n++) {
    if (n === 0) sent.push(analytics.identify('browser-user', { plan: 'gold' }));
    else if (n === 1) sent.push(analytics.page('Shop', 'Home'));
    else if (n === 2) sent.push(analytics.group('company-1', { plan: 'team' }));
    else if (n === 3) sent.push(analytics.screen('Cart'));
    else if (n === 4) sent.push(analytics.alias('browser-user-2', 'browser-user'));
    else sent.push(analytics.track('Product Viewed', { sku: `sku-${n}` }));
  }
  return (await Promise.all(sent)).map((context) => context.event.messageId);
}
