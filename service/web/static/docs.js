// Show the contract with Swagger UI. Everything comes from this server: no CDN, no validator, no telemetry.
const place = document.getElementById("contract");
SwaggerUIBundle({
  domNode: place,
  url: place.dataset.contract,
  validatorUrl: null,
  deepLinking: true,
  defaultModelsExpandDepth: 2,
  tryItOutEnabled: true,
});
