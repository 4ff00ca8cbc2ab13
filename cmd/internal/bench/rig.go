package bench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/telemetry"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// prepared is how many empty shops the fleet keeps ready, as a platform that grows would.
const prepared = 24

// who acts for the bench.
var (
	operator = audit.Actor{Name: "bench"}
	clerk    = tenant.Actor{Kind: tenant.System, ID: "bench", Name: "bench"}
)

// rig is the whole program on a machine of its own, serving on a free port. What measurements share
// is made when the first of them asks.
type rig struct {
	o       Options
	data    string
	machine *demo.Machine
	out     wire.Outside
	app     *wire.App
	addr    string // host:port the program listens on
	letters *letterbox
	closers []func()

	stall *stall
	fleet *fleet
}

func openRig(ctx context.Context, o Options) (*rig, error) {
	r := &rig{o: o, data: o.Data}
	if err := r.open(ctx); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *rig) open(ctx context.Context) error {
	if err := r.settleDown(); err != nil {
		return err
	}
	log, err := r.log()
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	r.defers(func() { _ = listener.Close() })
	r.addr = listener.Addr().String()
	if err := r.start(ctx, log, listener.Addr().(*net.TCPAddr).Port); err != nil {
		return err
	}
	r.serve(ctx, listener, log)
	return nil
}

// settleDown finds a folder to work in.
func (r *rig) settleDown() (err error) {
	if r.data != "" {
		return empty(r.data)
	}
	if r.data, err = os.MkdirTemp("", "echoppe-bench-"); err != nil {
		return fmt.Errorf("temporary folder: %w", err)
	}
	r.defers(func() { _ = os.RemoveAll(r.data) })
	// nginx and the database may run as other users, who must be able to walk through.
	if err := os.Chmod(r.data, 0o755); err != nil {
		return fmt.Errorf("temporary folder: %w", err)
	}
	return nil
}

// empty refuses a folder with something in it: shops of an earlier run would be in the way.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if len(entries) > 0 {
		return &FolderError{dir}
	}
	return nil
}

// FolderError names a folder that is not empty. Its text is for people.
type FolderError struct{ Folder string }

func (e *FolderError) Error() string {
	return fmt.Sprintf("The folder %s is not empty. Measurements need one of their own.", e.Folder)
}

// start brings up the machine and joins the program on it.
func (r *rig) start(ctx context.Context, log *slog.Logger, port int) (err error) {
	r.say("starting a database")
	r.machine, err = demo.Start(ctx, demo.Options{Data: r.data, Port: strconv.Itoa(port), Log: log, BankRepeats: []time.Duration{}})
	if err != nil {
		return err
	}
	r.defers(r.machine.Close)
	r.out = r.machine.Outside()
	r.out.Prepared = min(prepared, r.o.Shops)
	r.out.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} // visitors come from many places
	if err := wire.MigratePlatform(ctx, r.out.OwnerURL); err != nil {
		return err
	}
	if r.app, err = wire.Open(ctx, r.out); err != nil {
		return err
	}
	r.defers(r.app.Close)
	return nil
}

// log is the program's log as in production: every request, as JSON, into a file.
func (r *rig) log() (*slog.Logger, error) {
	if err := os.MkdirAll(r.data, 0o755); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	file, err := os.Create(filepath.Join(r.data, "bench.log"))
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	r.defers(func() { _ = file.Close() })
	log, flush, err := telemetry.NewBusyLogger(file, telemetry.LogConfig{Level: "info", JSON: true})
	r.defers(flush)
	return log, err
}

func (r *rig) serve(ctx context.Context, l net.Listener, log *slog.Logger) {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	r.letters = newLetterbox(r.app.Front)
	server := web.NewServer(r.letters, web.ServerOptions{Log: log, Health: r.app.Health, Drain: time.Second})
	go func() { ended <- server.Serve(ctx, l) }()
	r.defers(func() {
		stop()
		if err := <-ended; err != nil {
			log.Warn("stop serving", slog.Any("error", err))
		}
	})
}

// defers registers something to undo when the rig is closed, last things first.
func (r *rig) defers(undo func()) { r.closers = append(r.closers, undo) }

func (r *rig) close() {
	for i := len(r.closers) - 1; i >= 0; i-- {
		r.closers[i]()
	}
	r.closers = nil
}

func (r *rig) say(format string, args ...any) {
	if r.o.Progress != nil {
		fmt.Fprintf(r.o.Progress, "· "+format+"\n", args...)
	}
}

// timing is how long contestants are watched.
func (r *rig) timing() timing { return timing{warm: min(time.Second, r.o.Watch), watch: r.o.Watch} }

// roomy is the plan that allows what is measured.
const roomy plan.Code = "large"

// openShop opens a new shop in the fleet.
func (r *rig) openShop(ctx context.Context, slug string) (*registry.Shop, *tenant.Shop, error) {
	row, err := r.app.Provision.Open(ctx, provision.Order{
		Slug: slug, Plan: roomy, By: operator,
		Seed: provision.Seed{Locale: i18n.French, Name: slug, Email: slug + "@example.com"},
	})
	if err != nil {
		return nil, nil, err
	}
	shop, err := r.app.OpenShop(row)
	return row, shop, err
}

// page is a page of a shop as a browser asks for it.
func (r *rig) page(row *registry.Shop, path string) (load, error) {
	u, err := url.Parse(r.app.Out.Sites.Shop(row) + path)
	if err != nil {
		return load{}, err
	}
	if u.Host == "" {
		return load{}, errors.New("the shop's address has no host")
	}
	return load{addr: r.addr, host: u.Host, path: u.RequestURI(), clients: hotClients}, nil
}
