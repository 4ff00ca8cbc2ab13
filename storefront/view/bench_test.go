package view_test

import (
	"bytes"
	"syscall"
	"testing"

	"echoppe.dev/platform/driver/theme"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view/viewtest"
	"echoppe.dev/themes"
)

// BenchmarkBase draws the pages whose cost matters; a cold listing of 24 cards is to
// take at most 1.5 ms of CPU.
func BenchmarkBase(b *testing.B) {
	e, err := theme.New(theme.Options{Base: themes.Base()})
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range viewtest.Pages(i18n.French) {
		switch p.Name {
		case "family", "product", "home", "cart-ready", "checkout":
		default:
			continue
		}
		b.Run(p.Name, func(b *testing.B) {
			b.ReportAllocs()
			var page bytes.Buffer
			before := cpu(b)
			r := theme.Request{Template: p.Template, Locale: i18n.French, Data: p.Data}
			for b.Loop() {
				page.Reset()
				if err := e.Render(b.Context(), &page, r); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(cpu(b)-before)/float64(b.N), "cpu-ns/op")
			b.ReportMetric(float64(page.Len()), "bytes")
		})
	}
}

// cpu is the processor time this process has used, in nanoseconds: on a busy machine
// the clock on the wall says little.
func cpu(b *testing.B) int64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return u.Utime.Nano() + u.Stime.Nano()
}
