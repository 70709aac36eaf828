using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ClassHub.Browser.Tests.TheSite.LongestFirst", "ClassHub.Browser.Tests")]

namespace ClassHub.Browser.Tests.TheSite;

/// <summary>Tests that share a browser and a school; the collections run side by side. Those that take longest begin, so that none is left to run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Order = [WithoutConnection.Name, InTheBrowser.Name, LookingAtStaff.Name, WhatWasRecorded.Name, WhatIsPlayed.Name, WhatWasCutOff.Name, PhotosOfWork.Name, LookingAtPupils.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => Array.IndexOf(Order, c.DisplayName) is var place && place < 0 ? Order.Length : place);
}

[CollectionDefinition(Name)]
public sealed class WithoutConnection : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "Without a connection";
}

[CollectionDefinition(Name)]
public sealed class InTheBrowser : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "In the browser";
}

[CollectionDefinition(Name)]
public sealed class LookingAtStaff : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "Looking at the staff's pages";
}

[CollectionDefinition(Name)]
public sealed class WhatWasRecorded : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "What was recorded";
}

[CollectionDefinition(Name)]
public sealed class WhatIsPlayed : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "What is played";
}

[CollectionDefinition(Name)]
public sealed class WhatWasCutOff : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "What was cut off";
}

[CollectionDefinition(Name)]
public sealed class PhotosOfWork : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "Photos of work";
}

[CollectionDefinition(Name)]
public sealed class LookingAtPupils : ICollectionFixture<Chromium>, ICollectionFixture<DemoServer>
{
    public const string Name = "Looking at pupils' pages";
}
