package transfer

import "echoppe.dev/platform/kit/fsm"

// State is where a run stands. The words are stored.
type State string

// The states.
const (
	Checking  State = "checking"
	Checked   State = "checked"
	Running   State = "running"
	Done      State = "done"
	Failed    State = "failed"
	Undone    State = "undone"
	Cancelled State = "cancelled"
)

// event is what moves a run.
type event string

const (
	evChecked event = "checked"
	evRecheck event = "recheck"
	evConfirm event = "confirm"
	evFinish  event = "finish"
	evFail    event = "fail"
	evCancel  event = "cancel"
	evUndo    event = "undo"
	evUndone  event = "undone"
)

var table = fsm.Table[State, event]{
	Checking:  {evChecked: Checked, evFail: Failed, evCancel: Cancelled},
	Checked:   {evConfirm: Running, evCancel: Cancelled, evRecheck: Checking},
	Running:   {evFinish: Done, evFail: Failed, evCancel: Cancelled, evUndone: Undone},
	Done:      {evUndo: Running},
	Failed:    {evConfirm: Running, evUndo: Running, evRecheck: Checking},
	Cancelled: {evUndo: Running},
	Undone:    {},
}
