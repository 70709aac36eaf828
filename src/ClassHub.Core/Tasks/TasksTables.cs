using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Posts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Tasks;

internal sealed class TasksTable : IEntityTypeConfiguration<ClassTask>
{
    public void Configure(EntityTypeBuilder<ClassTask> task)
    {
        task.Property(t => t.Id).ValueGeneratedNever();
        task.Property(t => t.DueTyped).HasMaxLength(16);
        task.Property(t => t.CloseTyped).HasMaxLength(16);
        task.HasOne(t => t.Post).WithOne().HasForeignKey<ClassTask>(t => t.Id);
        task.HasOne<SchoolClass>().WithMany().HasForeignKey(t => t.ClassId);
        task.HasIndex(t => new { t.ClassId, t.OnTodayUntil });
        task.HasIndex(t => t.DueAt).HasFilter("\"DeadlineToldAt\" IS NULL").HasDatabaseName("IX_Tasks_Due");
    }
}

internal sealed class TaskWordingsTable : IEntityTypeConfiguration<TaskWording>
{
    public void Configure(EntityTypeBuilder<TaskWording> wording)
    {
        wording.Property(w => w.Rules).HasDefaultValue(WritingRules.First);
        wording.HasOne<ClassTask>().WithMany().HasForeignKey(w => w.TaskId);
        wording.HasIndex(w => new { w.TaskId, w.ReplacedAt });
    }
}

internal sealed class ArrangementsTable : IEntityTypeConfiguration<Arrangement>
{
    public void Configure(EntityTypeBuilder<Arrangement> arrangement)
    {
        arrangement.HasKey(a => new { a.TaskId, a.PupilId });
        arrangement.HasOne<ClassTask>().WithMany().HasForeignKey(a => a.TaskId);
        arrangement.HasOne<Person>().WithMany().HasForeignKey(a => a.PupilId);
        arrangement.HasIndex(a => a.DueAt).HasFilter("\"DueAt\" IS NOT NULL");
    }
}

internal sealed class StepTicksTable : IEntityTypeConfiguration<StepTick>
{
    public void Configure(EntityTypeBuilder<StepTick> tick)
    {
        tick.HasKey(t => new { t.TaskId, t.PupilId, t.Step });
        tick.HasOne<ClassTask>().WithMany().HasForeignKey(t => t.TaskId);
        tick.HasOne<Person>().WithMany().HasForeignKey(t => t.PupilId);
    }
}
