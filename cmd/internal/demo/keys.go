package demo

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"echoppe.dev/platform/driver/secret"
)

// keysFile is there from the first start on.
const keysFile = "keys"

// loadKeys reads the folder's keys, and makes them the first time.
func loadKeys(data string) (*secret.Ring, error) {
	text, err := once(filepath.Join(data, keysFile), func() string { return secret.GenerateKey("demo").Reveal() })
	if err != nil {
		return nil, fmt.Errorf("keys of the demo: %w", err)
	}
	ring, err := secret.ParseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("keys of the demo: %w", err)
	}
	return ring, nil
}

// bankKey is the key the demo's shops share with the pretend bank: 64 hexadecimal digits.
func bankKey(data string) (secret.Text, error) {
	text, err := once(filepath.Join(data, "bank.key"), func() string {
		key := make([]byte, 32)
		_, _ = rand.Read(key) // never fails
		return hex.EncodeToString(key)
	})
	if err != nil {
		return secret.Text{}, fmt.Errorf("key of the bank: %w", err)
	}
	return secret.NewText(text), nil
}

// once reads a small file, or writes it the first time. It is never written anew over a file that
// cannot be read: what was sealed with its content could then not be opened.
func once(path string, content func() string) (string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		text = []byte(content() + "\n")
		err = os.WriteFile(path, text, 0o600)
	}
	return strings.TrimSpace(string(text)), err
}
