namespace TorchSharp;

public static partial class torch
{
    public sealed partial class Tensor
    {
        internal DisposeScope? OwningScope { get; set; }

        /// <summary>Where in the owning scope this tensor stands; kept by the scope.</summary>
        internal int ScopeSlot { get; set; }

        /// <summary>Hands the tensor over to the scope around the one that owns it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningScope is { } owner) owner.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>Lets the tensor outlive all scopes: from now on the caller disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }
    }
}
