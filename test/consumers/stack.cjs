// Prints where in the sources an error comes from, for CommonJS and for ES modules.
const place = ({ createClient }) => {
  try {
    createClient({ timeout: 0 });
  } catch (error) {
    console.log(/src\/client\.ts:\d+/.test(error.stack), error.stack.includes("dist"));
  }
};
place(require("managed-mysql-client"));
import("managed-mysql-client").then(place);
