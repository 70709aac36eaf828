using ClassHub.Tasks;

namespace ClassHub.Web.Pages.Tasks;

/// <summary>A task's text with its steps in their place.</summary>
/// <param name="Address">Where ticks are kept; none for those who only look.</param>
public sealed record WhatToDo(IReadOnlyList<TaskPart> Parts, string? Address, IReadOnlySet<int> Ticked)
{
    public bool HasSteps => Parts.Any(p => p.Steps.Count > 0);
}
