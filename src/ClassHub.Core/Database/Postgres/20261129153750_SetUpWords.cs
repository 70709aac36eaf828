using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Postgres
{
    /// <inheritdoc />
    public partial class SetUpWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SetUpWords",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Words = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SetUpWords", x => x.Id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SetUpWords");
        }
    }
}
