// Command fakebank is a pretend bank: a hosted payment page with test cards, notices that are signed,
// repeated, late, wrong or missing as the visitor chooses, and a log of all that was sent and
// answered. It moves no money. `echoppe demo` mounts the same bank (package bank) in its process.
//
//	fakebank -addr 127.0.0.1:8090 -file bank.jsonl -merchant DEMO:<64 hex digits>:"Demo shop"
//
// It speaks several protocols, one a folder in families, each at an address of its own:
// {base}/{family}/{host}/{path} stands for the path at the bank's host. Its own protocol is written down in
// families/testbank. Contracts of the others are given by -merchant FAMILY/NUMBER:KEY, or with all
// their fields in a file (-contracts), a JSON list of {"dialect","number","name","key","fields"}.
package main
