package main

import (
	"context"
	"net"
	"os"

	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/cmd/internal/doctor"
	"echoppe.dev/platform/kit/clock"
)

// doctorCommand explains a broken set-up.
type doctorCommand struct {
	Port string `env:"PORT" default:"8080" help:"Port of the demo."`
	Data string `env:"DATA" default:"./var" help:"Data folder of the demo."`
	JSON bool   `help:"Print JSON."`

	Metrics string `name:"metrics-addr" env:"METRICS_ADDR" help:"Host and port of /metrics."`
}

// Run looks at everything the demo needs.
func (d *doctorCommand) Run(ctx context.Context) error {
	running, alive, err := demo.Find(d.Data)
	if err != nil || !alive {
		running.PID = 0 // a file that cannot be read is the folder's trouble, which is looked at below
	}
	findings := doctor.Run(ctx, doctor.Local(doctor.LocalOptions{
		Addr: net.JoinHostPort("", d.Port), Metrics: d.Metrics, Data: d.Data, Clock: clock.System(), Owner: running.PID,
	}))
	write := doctor.WriteText
	if d.JSON {
		write = doctor.WriteJSON
	}
	if err := write(os.Stdout, findings); err != nil {
		return err
	}
	if !doctor.Healthy(findings) {
		return told{codeDoctor, "Something above needs attention."}
	}
	return nil
}
