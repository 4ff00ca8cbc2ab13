package demo

import (
	"context"
	"errors"
	"fmt"
	iofs "io/fs"
	"net/mail"
	"os"
	"path/filepath"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/blob/fs"
	"echoppe.dev/platform/driver/mail/smtp"
	"echoppe.dev/platform/driver/telemetry"
	"echoppe.dev/platform/fleet/sites"
)

// prepared is how many empty shops a demo keeps ready: enough for a few sign-ups in a row.
const prepared = 3

// EmptyError is the refusal to work on a folder in which no demo has ever run: a mistyped name must
// not become a new platform.
type EmptyError struct{ Folder string }

func (e *EmptyError) Error() string { return "no échoppe data in " + e.Folder }

// Join gives a command the outside of a folder: that of the demo that runs there, else one it
// brings up until the returned function is called.
//
// Errors: *EmptyError.
func Join(ctx context.Context, o Options) (wire.Outside, func(), error) {
	r, alive, err := Find(o.Data)
	if err != nil {
		return wire.Outside{}, nil, err
	}
	if !alive {
		if _, err := os.Stat(filepath.Join(o.Data, keysFile)); errors.Is(err, iofs.ErrNotExist) {
			return wire.Outside{}, nil, &EmptyError{o.Data}
		}
		m, err := Start(ctx, o)
		if err != nil {
			return wire.Outside{}, nil, err
		}
		return m.Outside(), m.Close, nil
	}
	out, objects, err := outside(o, r)
	if err != nil {
		return wire.Outside{}, nil, err
	}
	return out, func() { _ = objects.Close() }, nil
}

// outside opens what is kept in the folder beside the servers that run.
func outside(o Options, r Running) (wire.Outside, *fs.Bucket, error) {
	keys, err := loadKeys(o.Data)
	if err != nil {
		return wire.Outside{}, nil, err
	}
	post, err := smtp.ParseURL("smtp://" + r.SMTP + "?tls=none")
	if err != nil {
		return wire.Outside{}, nil, fmt.Errorf("mail of the demo: %w", err)
	}
	sender, err := smtp.New(post)
	if err != nil {
		return wire.Outside{}, nil, fmt.Errorf("mail of the demo: %w", err)
	}
	where := sites.Sites{Scheme: "http", Host: "localhost", Port: r.Port, BareIP: true}
	objects, err := fs.Open(fs.Config{Dir: filepath.Join(o.Data, "objects"), BaseURL: where.Platform() + "/objects", Signer: keys})
	if err != nil {
		return wire.Outside{}, nil, err
	}
	teller, err := bankOf(o.Data, where)
	if err != nil {
		return wire.Outside{}, nil, err
	}
	return wire.Outside{
		Log: o.Log, Clock: o.clock(), Metrics: telemetry.NewMetrics("demo"),
		DatabaseURL: r.DatabaseURL, OwnerURL: r.OwnerURL, RedisURL: r.RedisURL, Objects: objects,
		Mail: sender, From: mail.Address{Name: wire.Brand, Address: "bonjour@localhost"},
		Keys: keys, Sites: where, Prepared: prepared, DemoShop: FirstShop, Bank: teller,
	}, objects, nil
}
