import { schemaRule } from './schema-rule';

export const duplicateMergeKey = schemaRule('DuplicateMergeKey', {
  severity: 'warning',
  what: 'A list of a Kubernetes object names the same item twice, such as an environment variable.',
  why: 'Server-side apply, which Flux uses, refuses it; otherwise the last one counts, and the other may vanish with the next apply.',
  mend: 'Leave one of them out.',
  link: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: example.com/web:1
      env: [{ name: LEVEL, value: info }, { name: LEVEL, value: debug }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: example.com/web:1
      env: [{ name: LEVEL, value: info }, { name: MODE, value: debug }]
`,
});
