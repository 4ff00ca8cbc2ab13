// Echoppe is the whole platform in one program: the shops, their back office, the operators'
// console, the workers, and the commands that operators and scripts use.
//
//	echoppe demo      everything on this machine, from an empty folder
//	echoppe serve     production, configured by the environment
//	echoppe migrate   bring the control plane and all shops up to date
//	echoppe shop …    create, list, show, mode, suspend
//	echoppe import    articles from a file     echoppe export   articles to a file
//	echoppe seed      a fleet for measurements echoppe bench    the measurements
//	echoppe doctor    explain a broken set-up
//
// Each command is one file with one struct; kong reads its flags. Exit codes: 0 done, 1 refused or
// failed, 2 wrong usage. --json prints one JSON document on standard output and nothing else.
package main
