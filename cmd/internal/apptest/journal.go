package apptest

import (
	"bytes"
	"strings"
	"sync"
)

// Journal keeps what the program logs.
type Journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write is io.Writer's.
func (j *Journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

// Mark is how much has been said so far.
func (j *Journal) Mark() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Len()
}

// Since are the lines said after a mark that contain part.
func (j *Journal) Since(mark int, part string) []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var found []string
	for line := range strings.Lines(string(j.text.Bytes()[mark:])) {
		if strings.Contains(line, part) {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}
