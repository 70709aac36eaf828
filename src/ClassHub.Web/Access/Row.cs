namespace ClassHub.Web.Access;

/// <summary>Names the row of the authorisation matrix that a page's handler fulfils. A handler without one does not run.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RowAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}

/// <summary>Only the office may use this page; for others in the school the answer is 403.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OfficeOnlyAttribute : Attribute;

/// <summary>One's own work and its receipt are opened here also by who has left the class, and when the class is archived.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToFormerAttribute : Attribute;

/// <summary>This page takes a whole school's archive, of any size, from whoever may set up the school.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesArchiveAttribute : Attribute;

/// <summary>This page takes files: a request may be as big as the biggest file allowed to who asks. A pupil's files are read only where pupils hand in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute(bool ofPupils = false) : Attribute
{
    public bool OfPupils => ofPupils;
}
