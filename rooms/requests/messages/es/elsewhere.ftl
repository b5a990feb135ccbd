saying-request-forwarded = { $subject } se envió a { $organisation } ({ $way }).
saying-organisation-reached-by = Se fijó cómo se llega a { $organisation }: { $way }.
way-here = Mesa en este municipio
way-here-detail = Su personal inicia sesión y responde en la mesa.
way-open311 = Servidor propio (Open311)
way-open311-detail = Los avisos se envían allí, y aquí se muestra en qué quedan.
way-letter = Correo electrónico
way-letter-detail = Recibe una carta con el aviso y un enlace privado, y responde en el navegador sin cuenta.
step-forwarded = Enviado a la oficina
forwarded-title = Enviado
forwarded-by-open311 = { $agency } trabaja con un sistema propio. Lo que dice allí llega solo a este hilo.
forwarded-by-letter = { $agency } recibe una carta con un enlace privado y responde con él.
forwarded-waiting = Por enviar
forwarded-sending = Enviándose
forwarded-token = Aceptado, aún sin referencia
forwarded-sent = Llegó
forwarded-refused = Rechazado allí
forwarded-ended = No se envió: ya no hacía falta
forwarded-again = Enviarlo otra vez
flash-forward-again = Se está enviando otra vez.
refusal-forward-not-refused = No fue rechazado, así que no se envía otra vez.
elsewhere-done = La oficina lo cerró como hecho en su propio sistema, sin más palabras.
elsewhere-not-done = La oficina lo cerró en su propio sistema como algo que no se hará, sin más palabras.
agencies-title = Cómo se llega a las oficinas
agencies-lead = Una oficina puede responder en su mesa de aquí, por un servidor propio o por correo electrónico. En todos los casos, lo que dice llega al hilo público.
agencies-none = Todavía no hay ninguna oficina.
agencies-way = Cómo se llega
agencies-state = Estado
agencies-state-good = Bien
agencies-state-new = Aún sin consultar
agencies-state-trouble = Con problemas
agencies-waiting = Por enviar
agencies-refused = Rechazados
agency-page = Cómo se llega a { $name }
agency-page-lead = Los avisos nuevos irán allí desde ahora; lo que ya está abierto se queda en la mesa. Lo que los residentes digan después en la página pública también irá allí. Nunca se envían nombres ni direcciones de residentes.
agency-url = Dirección del servidor
agency-url-hint = Hasta donde seguiría /requests.json, como https://agency.example/open311/v2
agency-jurisdiction = Su jurisdiction_id (opcional)
agency-jurisdiction-hint = Solo si el servidor pide uno.
agency-key = Su clave para nosotros (api_key)
agency-key-hint = No se vuelve a mostrar. Déjelo vacío si el servidor no quiere ninguna.
agency-key-kept = Hay una clave guardada. Déjelo vacío para seguir con ella; para otro servidor, escriba la suya.
agency-key-forget = Olvidar la clave
agency-services = Cómo se llaman allí nuestras categorías
agency-services-hint = El service_code de cada una. Deje vacío lo que se llama igual.
agency-email = Correo electrónico de la oficina
agency-email-hint = Allí van las cartas con avisos y enlaces privados.
agency-save = Guardar
agency-test = Probar
agency-test-hint = Pide al servidor sus servicios, o envía una carta de prueba. No se avisa de nada.
agency-test-good = { $count ->
    [one] El servidor responde. Tiene un servicio.
   *[other] El servidor responde. Tiene { $count } servicios.
}
agency-test-missing = Estas no tienen allí un servicio con su código:
agency-test-services = Sus servicios
agency-test-trouble = No funciona: { $trouble }.
agency-asked = Última consulta: { $date }.
agency-trouble = La última vez no funcionó:
flash-agency-reached = Guardado.
flash-agency-letter = La carta está en camino.
refusal-agency-way = Elija cómo se llega a la oficina.
refusal-agency-email = Escriba un correo electrónico, como nombre@example.org.
refusal-agency-address = Escriba la dirección completa del servidor, como https://agency.example/open311/v2, sin signo de interrogación.
refusal-agency-not-https = La dirección debe empezar por https://.
refusal-agency-not-public = Esta dirección no está en la red pública.
refusal-agency-no-channel = Esta oficina responde en su mesa de aquí; no hay nada que probar.
agency-title = Responder a { $code }
agency-lead = Usted responde por { $agency }. Lo que escriba será público.
agency-until = Este enlace es solo suyo; vale hasta el { $date }.
agency-ended = Ha terminado; no hay nada más que hacer.
flash-agency-said = Gracias. Está en la página pública.
refusal-agency-link-over = El plazo de este enlace ha terminado. Pida al municipio una carta nueva.
refusal-agency-said-already = Estas mismas palabras ya están en la página.
refusal-agency-act = Elija qué hacer.
mail-forward-subject = Aviso { $code }: { $what }
mail-forward-body =
    Un residente avisa:

    { $what }

    { $report }

    La página pública: { $page }

    Respóndalo, resuélvalo o rechácelo aquí, sin cuenta. El enlace es solo para su oficina y vale hasta el { $until }:
    { $link }
mail-forward-test-subject = Una carta de prueba
mail-forward-test-body =
    Los avisos para su oficina llegarán a esta dirección, desde { $address }. No hay nada que hacer.
retention-requests-forward-news = Qué noticias de los sistemas de las oficinas ya se recogieron
later-title = Dicho desde entonces
told-waiting = Por comunicar
told-told = Comunicado
told-refused = No lo aceptaron
told-dropped = No comunicado: ya no es público o ya no les corresponde
later-comment = Un residente añade:
later-edited = Quien avisó ha corregido el aviso. Ahora dice:
later-replied = Quien avisó responde:
later-disputed = Un vecino dice que no está arreglado:
later-reopened = Se ha abierto de nuevo:
later-withdrawn = Quien avisó ha retirado el aviso. No hay nada más que hacer.
mail-forward-later-subject = Más sobre el aviso { $code }
