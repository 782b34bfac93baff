"use strict";

SwaggerUIBundle({
  url: new URL("v1/swagger.json", location.href).href,
  dom_id: "#swagger-ui",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: -1,
  // The admin key stays in this page's memory and is gone with it.
  persistAuthorization: false,
  // A badge that would send the document to validator.swagger.io: nothing leaves this server.
  validatorUrl: null,
});
