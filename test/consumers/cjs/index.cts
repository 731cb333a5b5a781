import managed = require("managed-mysql-client");

const client = managed.createClient({ token: "any", baseUrl: process.argv[2] });

managed
  .listBackups(client, { clusterId: process.argv[3] ?? "" })
  .toArray()
  .then((backups: managed.Backup[]) => console.log(JSON.stringify(backups.map(({ id }) => id))));
