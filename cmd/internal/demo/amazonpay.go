package demo

import (
	_ "embed"
	"strings"
)

// amazonPEM is the private key Amazon publishes with its libraries, for their tests.
//
//go:embed amazonpay.pem
var amazonPEM string

// amazonKey is that key as a form of one line leaves it.
var amazonKey = strings.Join(strings.Fields(amazonPEM), " ")
