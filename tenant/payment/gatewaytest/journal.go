package gatewaytest

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

// journal is what was logged of the calls to a bank.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

// discreet fails when a secret was logged (PGW-03).
func (j *journal) discreet(t *testing.T, secrets []string) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, s := range secrets {
		if strings.Contains(j.text.String(), s) {
			t.Error("a secret was logged")
		}
	}
}
