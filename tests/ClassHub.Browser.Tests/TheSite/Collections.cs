namespace ClassHub.Browser.Tests.TheSite;

// Two halves that take equally long, side by side, each with one browser and one school: two processors are busy with them, and no server is warmed up for a few tests only.

/// <summary>What people do and see on the pages.</summary>
[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "In the browser";
}

/// <summary>What devices do by themselves: record, keep, wait and send.</summary>
[CollectionDefinition(Name)]
public sealed class OnADevice : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "On a device";
}
