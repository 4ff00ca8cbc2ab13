package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"echoppe.dev/platform/driver/blob"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// Incoming is a picture somebody sends.
type Incoming struct {
	Name    string
	Content io.Reader
	Alt     i18n.Text
}

// Upload takes in a picture and makes the copies that are needed at once; a job makes the others.
// A picture the shop has already is not stored again: the one it has is returned, with texts the
// sender knows and it lacks.
//
// Errors: ErrTooLarge, ErrNotImage, ErrSVG, ErrTooManyDots, ErrBroken; a fault of kind Quota;
// ErrStore.
func (l *Library) Upload(ctx context.Context, shop *tenant.Shop, who tenant.Actor, f Incoming) (*Media, error) {
	data, err := io.ReadAll(io.LimitReader(f.Content, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("receive picture: %w", err)
	}
	m := &Media{ID: newID(), Kind: Image, FileName: baseName(f.Name), Alt: f.Alt}
	have, err := l.take(ctx, shop, m, data)
	if err != nil || have != nil {
		return have, err
	}
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		if err := insert(tx, m, digest(data)); err != nil {
			return err
		}
		if err := l.enqueueScale(tx, m); err != nil {
			return err
		}
		return tx.Record(who, "media.uploaded", "media/"+m.ID.String(), nil, map[string]any{"file": m.FileName, "bytes": m.Bytes})
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// take checks data, stores it and its first copies, and fills m. When the shop has the same bytes
// already it returns that picture instead.
func (l *Library) take(ctx context.Context, shop *tenant.Shop, m *Media, data []byte) (have *Media, err error) {
	if len(data) > MaxBytes {
		return nil, ErrTooLarge.With(fault.Args{"max": MaxBytes >> 20})
	}
	f, c, err := inspect(data)
	if err != nil {
		return nil, err
	}
	if have, err = findSame(ctx, shop, m, digest(data)); err != nil || have != nil {
		return have, err
	}
	if err := l.checkQuota(ctx, shop, int64(len(data))); err != nil {
		return nil, err
	}
	m.Key, m.ContentType, m.Bytes = originalKey(data, f), f.contentType, int64(len(data))
	m.Width, m.Height = c.Width, c.Height
	if err := l.put(ctx, shop.ID(), m.Key, data, f.contentType, ""); err != nil {
		return nil, err
	}
	return nil, l.copy(ctx, shop.ID(), m, data, f, firstWidths)
}

// copy makes and stores copies, and notes them in m, which is then Ready.
func (l *Library) copy(ctx context.Context, shop tenant.ID, m *Media, data []byte, f format, wanted []int) error {
	release, err := l.slot(ctx)
	if err != nil {
		return err
	}
	made, w, h, err := copies(ctx, data, f, wanted)
	release()
	if err != nil {
		return err
	}
	m.Width, m.Height, m.State, m.Problem = w, h, Ready, ""
	m.Sizes, m.Bytes = nil, int64(len(data))
	for i := len(made) - 1; i >= 0; i-- {
		c := made[i]
		key := copyKey(data, c.width)
		if err := l.put(ctx, shop, key, c.data, "image/webp", immutable); err != nil {
			return err
		}
		m.Sizes = append(m.Sizes, Size{Width: c.width, Height: c.height, Key: key, Bytes: int64(len(c.data))})
		m.Bytes += int64(len(c.data))
	}
	return nil
}

// finish makes all copies of a picture that has the first ones.
func (l *Library) finish(ctx context.Context, shop *tenant.Shop, which ID) error {
	m, err := Find(ctx, shop, which)
	if fault.Is(err, fault.NotFound) {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	if m.Key == "" {
		return nil
	}
	r, _, err := l.scope(shop.ID()).Get(ctx, m.Key)
	if err != nil {
		return fmt.Errorf("read original: %w", err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return fmt.Errorf("read original: %w", err)
	}
	f, _, err := inspect(data)
	if err != nil {
		return err
	}
	if err := l.copy(ctx, shop.ID(), m, data, f, Widths); err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error { return update(tx, m, nil) })
}

// immutable is what browsers and proxies are told of copies: their address names their content.
const immutable = "public, max-age=31536000, immutable"

func (l *Library) put(ctx context.Context, shop tenant.ID, key string, data []byte, contentType, cache string) error {
	err := l.scope(shop).Put(ctx, key, bytes.NewReader(data),
		blob.Meta{ContentType: contentType, CacheControl: cache, Size: int64(len(data))})
	if err != nil {
		return ErrStore.Because(err)
	}
	return nil
}

func digest(data []byte) []byte {
	d := sha256.Sum256(data)
	return d[:]
}

// digestChars of the digest name a picture: 120 bits, far from any accident.
const digestChars = 30

func originalKey(data []byte, f format) string {
	return "originals/" + hex.EncodeToString(digest(data))[:digestChars] + "." + f.ext
}

func copyKey(data []byte, width int) string {
	return publicPrefix + hex.EncodeToString(digest(data))[:digestChars] + "/" + strconv.Itoa(width) + ".webp"
}

const maxFileName = 120

// baseName is a file name without its folders, in either system's writing, and not too long.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, name)
	if name == "." || name == "/" {
		return ""
	}
	if r := []rune(name); len(r) > maxFileName {
		name = string(r[len(r)-maxFileName:])
	}
	return name
}

// enqueueScale asks for the remaining copies, if any remain.
func (l *Library) enqueueScale(tx tenant.Tx, m *Media) error {
	if len(fitting(Widths, m.Width)) <= len(m.Sizes) {
		return nil
	}
	return jobs.Enqueue(tx, Scale{Shop: tx.Shop().ID(), Media: m.ID}, jobs.Unique(m.ID.String()))
}
