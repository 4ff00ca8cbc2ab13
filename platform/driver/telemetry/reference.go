package telemetry

import (
	"crypto/rand"
)

// Reference returns a number for an error page, such as "7K3F-2QWD". It stands in
// the log line of the error, so that support finds one by the other. It is random
// and tells nothing; the digits 0 and 1, which look like letters, do not occur.
func Reference() string {
	random := rand.Text() // base32: A-Z and 2-7, so neither 0 nor 1
	return random[:4] + "-" + random[4:8]
}
