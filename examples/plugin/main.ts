import { ApiObject, App, Chart } from 'cdk8s';

// An app without any construct of cdk8s-guardrails: the validation in cdk8s.yaml checks what it writes.
const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

new ApiObject(chart, 'api', {
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'api' },
  spec: {
    endpointSelector: { matchLabels: { app: 'api' } },
    ingress: [{
      fromEndpoints: [{ matchLabels: { app: 'web' } }],
      // `protocol: UDP` or none at all, and the agent would drop the whole policy.
      toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }], rules: { http: [{ method: 'GET', path: '/v1/.*' }] } }],
    }],
  },
});

app.synth();
