using ClassHub.People;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Planning;

/// <summary>How a school day goes, to be used again: "video 9:00, task to follow, back by 10:30". One teacher's own.</summary>
public sealed class DayTemplate
{
    public const int MostLines = 12, MostOfOneTeacher = 30;

    public int Id { get; private set; }
    public int OwnerId { get; private set; }
    public string Name { get; private set; } = "";
    public List<DayTemplateLine> Lines { get; private set; } = [];

    private DayTemplate() { }

    /// <exception cref="RuleBroken">No name.</exception>
    public DayTemplate(int ownerId, string? name, IReadOnlyList<DayLine> lines)
    {
        (OwnerId, Name) = (ownerId, PlainText.Line(name, 60));
        if (Name == "") throw new RuleBroken("Give the plan a name, so that you find it again.", "SaveAs");
        Lines.AddRange(lines.Select((line, place) => new DayTemplateLine(line, place)));
    }
}

/// <summary>One thing of a planned day. Times are school time; <paramref name="BackBy"/> is the deadline of a task on the same day.</summary>
public sealed record DayLine(PostKind Kind, string Title, TimeOnly OutAt, TimeOnly? BackBy, int? Minutes);

public sealed class DayTemplateLine
{
    public int Id { get; private set; }
    public int DayTemplateId { get; private set; }
    public int Place { get; private set; }
    public PostKind Kind { get; private set; }
    public string Title { get; private set; } = "";
    public TimeOnly OutAt { get; private set; }
    public TimeOnly? BackBy { get; private set; }
    public int? Minutes { get; private set; }

    private DayTemplateLine() { }
    public DayTemplateLine(DayLine line, int place) => (Place, Kind, Title, OutAt, BackBy, Minutes) = (place, line.Kind, PlainText.Line(line.Title, Post.LongestTitle), line.OutAt, line.BackBy, line.Minutes);

    public DayLine Line => new(Kind, Title, OutAt, BackBy, Minutes);
}

internal sealed class DayTemplatesTable : IEntityTypeConfiguration<DayTemplate>
{
    public void Configure(EntityTypeBuilder<DayTemplate> template)
    {
        template.ToTable("DayTemplates");
        template.Property(t => t.Name).HasMaxLength(60);
        template.HasOne<Person>().WithMany().HasForeignKey(t => t.OwnerId);
        template.HasMany(t => t.Lines).WithOne().HasForeignKey(l => l.DayTemplateId);
    }
}

internal sealed class DayTemplateLinesTable : IEntityTypeConfiguration<DayTemplateLine>
{
    public void Configure(EntityTypeBuilder<DayTemplateLine> line) => line.ToTable("DayTemplateLines").Property(l => l.Title).HasMaxLength(Post.LongestTitle);
}
