// The command line takes a plugin by a path that begins with `./`; here the library is the folder above.
module.exports = require('cdk8s-guardrails/validation');
