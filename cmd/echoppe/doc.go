// Echoppe is the whole platform in one program: the shops, their back office, the operators'
// console, the workers, and the commands that operators and scripts use.
//
//	echoppe demo      everything on this machine, from an empty folder
//	echoppe serve     production, configured by the environment
//	echoppe migrate   bring the control plane and all shops up to date
//	echoppe shop …    create, list, show, mode, suspend
//	echoppe import    articles from a file     echoppe export   articles to a file
//	echoppe seed      a fleet for measurements echoppe bench    the measurements
//	echoppe doctor    explain a broken set-up  echoppe ready    ask a process whether it is
//
// Each command is one file with one struct; kong reads its flags.
//
// Exit codes: 0 done, or stopped as asked; 1 refused or failed; 2 wrong usage; 130 interrupted before
// it was done.
//
// --json prints one JSON document on standard output and nothing else, with keys in snake_case. What
// goes wrong is said on standard error: to people in sentences, with --json in one line, which is the
// last one, after those of the log if there are any,
//
//	{"error":{"code":"registry.slug_taken","message":"…","fields":[{"name":…,"code":…,"message":…}]}}
//
// whose code is stable and whose message is not.
package main
