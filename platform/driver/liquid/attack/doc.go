// Package attack is for tests and measurements of package liquid and of what is built on it: templates that attack its budgets,
// and a context that watches how often it is looked at.
package attack
