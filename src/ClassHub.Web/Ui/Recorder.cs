namespace ClassHub.Web.Ui;

/// <summary>Where a recording goes: the file input it is put into, as if it had been chosen there.</summary>
public sealed record Recorder(string Into)
{
    /// <summary>The most of a voice, and of camera or screen.</summary>
    public (int Voice, int Moving) Seconds { get; init; } = (600, 300);
    /// <summary>What was left when a tab died is offered wherever the recorder has this place; none: at this address.</summary>
    public string? Place { get; init; }
    /// <summary>The input that is called so when it is empty, so that recording and posting need no keyboard.</summary>
    public (string Input, string Words)? Title { get; init; }
    /// <summary>"?record=voice" brings the page to the recorder.</summary>
    public bool Opens { get; init; }

    /// <summary>Whoever pressed "Record" on a page of ours is recorded at once. The browser vouches for the press: an address typed or found elsewhere starts nothing.</summary>
    public string? Opening(HttpRequest request) => !Opens || request.Query["record"] != "voice" ? null
        : request.Headers["Sec-Fetch-Site"] == "same-origin" && request.Headers["Sec-Fetch-User"] == "?1" ? "now" : "ready";
}
