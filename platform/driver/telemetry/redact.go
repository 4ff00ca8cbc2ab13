package telemetry

import (
	"log/slog"
	"slices"
	"strings"
	"sync"
)

// secretWords mark a key as secret wherever they stand in it.
var secretWords = []string{
	"password", "passwd", "passphrase", "secret", "token", "authorization", "cookie", "credential",
	"api_key", "apikey", "private_key", "iban", "card_number", "cvc", "cvv",
}

// redact replaces a value whose key, or the name of a group around it, is secret.
func redact(a slog.Attr, hidden bool) slog.Attr {
	v := a.Value.Resolve()
	hidden = hidden || secretName(a.Key)
	switch {
	case v.Kind() == slog.KindGroup:
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(redactAll(v.Group(), hidden)...)}
	case hidden:
		return slog.String(a.Key, "•••")
	}
	return slog.Attr{Key: a.Key, Value: v}
}

func redactAll(attrs []slog.Attr, hidden bool) []slog.Attr {
	out := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		out[i] = redact(a, hidden)
	}
	return out
}

// judged remembers the names seen: they are written in the program, so they are few.
var judged sync.Map

func secretName(name string) bool {
	if known, ok := judged.Load(name); ok {
		return known.(bool)
	}
	plain := strings.ReplaceAll(strings.ToLower(name), "-", "_")
	secret := slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(plain, w) })
	judged.Store(name, secret)
	return secret
}
