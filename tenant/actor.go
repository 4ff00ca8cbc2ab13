package tenant

// ActorKind says in which part somebody acts.
type ActorKind string

// The kinds of actor. The words are stored.
const (
	Guest    ActorKind = "guest"
	Customer ActorKind = "customer"
	Staff    ActorKind = "staff"
	Operator ActorKind = "operator"
	Gateway  ActorKind = "gateway" // a bank's notice
	System   ActorKind = "system"  // a job or the program itself
)

// Actor is who does something; it is written into journals and timelines. Stored as JSON.
type Actor struct {
	Kind ActorKind `json:"kind"`
	ID   string    `json:"id,omitempty"`
	Name string    `json:"name,omitempty"`
}

// ByProgram is the actor of what nobody asked for: sweepers, schedules.
var ByProgram = Actor{Kind: System, Name: "échoppe"}
