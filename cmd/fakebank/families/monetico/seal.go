package monetico

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the bank signs with it
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"sort"
	"strings"
)

// secretOf turns a key as it is handed out into bytes: 38 characters as they are, the 39th 23 places down where it
// stands between G and a back-quote, the 40th 0 where it is M; all of that read as hexadecimal.
func secretOf(key string) ([]byte, error) {
	if len(key) != 40 {
		return nil, errors.New("not 40 characters")
	}
	var hexadecimal strings.Builder
	hexadecimal.WriteString(key[:38])
	switch c := key[38]; {
	case c >= 71 && c <= 96:
		hexadecimal.WriteByte(c - 23)
	default:
		hexadecimal.WriteByte(c)
	}
	hexadecimal.WriteString(strings.ReplaceAll(key[39:], "M", "0"))
	return hex.DecodeString(hexadecimal.String())
}

// seal is the MAC over the fields, by a key or by nobody's.
func seal(fields map[string]string, key string, forged bool) (string, error) {
	raw, err := secretOf(key)
	if err != nil {
		return "", err
	}
	if forged {
		_, _ = rand.Read(raw)
	}
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	sort.Strings(names)
	h := hmac.New(sha1.New, raw)
	for i, name := range names {
		if i > 0 {
			_, _ = io.WriteString(h, "*")
		}
		_, _ = io.WriteString(h, name+"="+fields[name])
	}
	return strings.ToUpper(hex.EncodeToString(h.Sum(nil))), nil
}

// read gives the fields of a form without its MAC, and that MAC; false where one is given twice.
func read(r *http.Request) (fields map[string]string, told string, ok bool) {
	if err := r.ParseForm(); err != nil {
		return nil, "", false
	}
	fields = map[string]string{}
	for name, list := range r.PostForm {
		if len(list) != 1 {
			return nil, "", false
		}
		fields[name] = list[0]
	}
	told = fields["MAC"]
	delete(fields, "MAC")
	return fields, told, true
}

// right compares a MAC without regard to capitals.
func right(fields map[string]string, key, told string) bool {
	want, err := seal(fields, key, false)
	return err == nil && hmac.Equal([]byte(want), []byte(strings.ToUpper(told)))
}
